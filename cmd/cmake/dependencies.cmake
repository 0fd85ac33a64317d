# Everything comes from Debian by name; see examples/packages.txt.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)

# Headers only: the shared libraries behind them bring a second libstdc++ into `amphi`. fmt's compiled part is
# lib/base/fmt_library.cpp.
add_library(amphi_headers INTERFACE)
add_library(amphi::headers ALIAS amphi_headers)
target_compile_definitions(amphi_headers INTERFACE SPDLOG_FMT_EXTERNAL TOML_HEADER_ONLY=1)
target_link_libraries(amphi_headers INTERFACE Threads::Threads)

# amphi::NAME: the static library where it is there and wanted, else the shared one.
function(amphi_library name package archive)
  pkg_check_modules(${name} REQUIRED ${package})
  add_library(amphi_${name}_dep INTERFACE)
  add_library(amphi::${name} ALIAS amphi_${name}_dep)
  find_library(${name}_archive NAMES ${archive})
  if(AMPHI_STATIC_DEPS AND ${name}_archive)
    target_link_libraries(amphi_${name}_dep INTERFACE ${${name}_archive} ${ARGN} ${CMAKE_DL_LIBS} Threads::Threads)
  else()
    target_link_libraries(amphi_${name}_dep INTERFACE ${${name}_LINK_LIBRARIES})
  endif()
  target_include_directories(amphi_${name}_dep SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
endfunction()

amphi_library(sqlite sqlite3 libsqlite3.a m)
amphi_library(nettle nettle libnettle.a)
amphi_library(utf8proc libutf8proc libutf8proc.a)
amphi_library(dvdread dvdread libdvdread.a)
find_path(udfread_header udfread/udfread.h REQUIRED)  # the library itself is loaded when a disc is read
amphi_library(cdio libiso9660 libiso9660.a -l:libcdio.a m)
amphi_library(discid libdiscid libdiscid.a)
pkg_check_modules(bluray REQUIRED IMPORTED_TARGET libbluray)
add_library(amphi::bluray ALIAS PkgConfig::bluray)
pkg_check_modules(libav REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil)
add_library(amphi::libav ALIAS PkgConfig::libav)

# Objects are shared between clones of the project: paths beneath it do not count.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
