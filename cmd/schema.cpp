// JSON Schema from the same descriptions as the JSON itself.
#include "base/text.hpp"
#include "view.hpp"

namespace amphi::cmd {

namespace {

Json property_of(std::string_view type, const ViewInfo& (*nested)(), Json& definitions);

void define(const ViewInfo& view, Json& definitions) {
  const std::string name(view.name);
  if (definitions.contains(name)) return;
  definitions[name] = Json::object();  // stands before its fields are read: a view may hold itself
  Json properties = Json::object();
  Json required = Json::array();
  for (const auto& field : view.fields) {
    if (field.type.empty()) continue;
    auto property = property_of(field.type, field.nested, definitions);
    property["description"] = field.help;
    properties[std::string(field.name)] = std::move(property);
    required.push_back(field.name);
  }
  definitions[name] = {{"type", "object"},
                       {"description", view.help},
                       {"properties", std::move(properties)},
                       {"required", std::move(required)},
                       {"additionalProperties", false}};
}

Json plain_type(std::string_view type) {
  if (type == "any") return Json::object();
  if (type == "time") return {{"type", "string"}, {"format", "date-time"}};
  if (type.find('|') == std::string_view::npos) return {{"type", type}};
  Json out{{"type", "string"}, {"enum", Json::array()}};
  for (const auto& word : split(type, '|')) out["enum"].push_back(word);
  return out;
}

Json nullable(Json property) {
  if (property.contains("$ref")) return {{"anyOf", Json::array({property, {{"type", "null"}}})}};
  property["type"] = Json::array({property["type"], "null"});
  if (property.contains("enum")) property["enum"].push_back(nullptr);
  return property;
}

Json property_of(std::string_view type, const ViewInfo& (*nested)(), Json& definitions) {
  if (type.ends_with('?')) return nullable(property_of(type.substr(0, type.size() - 1), nested, definitions));
  if (type.ends_with("[]")) {
    return {{"type", "array"}, {"items", property_of(type.substr(0, type.size() - 2), nested, definitions)}};
  }
  if (nested == nullptr) return plain_type(type);
  define(nested(), definitions);
  return {{"$ref", "#/$defs/" + std::string(nested().name)}};
}

}  // namespace

Json schema_of(const Document& document) {
  Json definitions = Json::object();
  Json properties = Json::object();
  Json required = Json::array();
  if (document.frame == Document::Frame::kWhole) {
    properties["schema"] = {{"const", document.schema}};
    required.push_back("schema");
  }
  for (const auto& part : document.parts) {
    auto property = property_of(part.type, part.nested, definitions);
    property["description"] = part.help;
    properties[std::string(part.name)] = std::move(property);
    if (document.frame != Document::Frame::kMixedLines) required.push_back(part.name);
  }
  Json out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
           {"$id", "https://amphi.invalid/schema/" + std::string(document.schema)},
           {"title", document.schema},
           {"description", document.summary},
           {"type", "object"},
           {"properties", std::move(properties)},
           {"required", std::move(required)},
           {"additionalProperties", false}};
  if (!definitions.empty()) out["$defs"] = std::move(definitions);
  return out;
}

}  // namespace amphi::cmd
