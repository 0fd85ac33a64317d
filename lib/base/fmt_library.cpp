// fmt's own compiled part, once. Header-only it costs every file seconds; Debian's shared library would bring a second
// libstdc++ into a program that is to start in a millisecond. The two instantiations are those that the header leaves
// out.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {
template char decimal_point_impl<char>(locale_ref);
template thousands_sep_result<char> thousands_sep_impl<char>(locale_ref);
}  // namespace detail
FMT_END_NAMESPACE
