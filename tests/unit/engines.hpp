// Rows of tools for tests of rooms that see none: only what a reader or the planner asks of them.
#pragma once

#include "amphi/tool.hpp"

namespace amphi::test {

inline constexpr Ripper kOwnDvd{.tool = {"libdvdread"}, .kinds = {DiscKind::kDvd}, .copies_sectors = true};
inline constexpr Ripper kOwnBluray{
    .tool = {"libbluray"}, .kinds = {DiscKind::kBluray, DiscKind::kUhd}, .copies_sectors = true};
inline constexpr Ripper kOwnCd{.tool = {"cd-paranoia"}, .kinds = {DiscKind::kCd}};
inline constexpr Ripper kByMakemkv{
    .tool = {"makemkv"}, .kinds = {DiscKind::kDvd, DiscKind::kBluray, DiscKind::kUhd}, .scanner = Scanner::kMakemkv};
inline constexpr Encoder kVideoEncoder{
    .tool = {"handbrake"}, .kinds = {DiscKind::kDvd, DiscKind::kBluray, DiscKind::kUhd}, .defaults = {}};

}  // namespace amphi::test
