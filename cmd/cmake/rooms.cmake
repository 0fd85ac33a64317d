# One target per room. A room's sources are what lies in lib/NAME; it can include only <amphi/...>, its own files and those
# of the rooms it names, and tests/unit/rooms_test.py greps that it does.
add_library(amphi_options INTERFACE)
target_compile_options(amphi_options INTERFACE -Wall -Wextra -Wpedantic -Werror)
if(AMPHI_SANITIZE)
  target_compile_options(amphi_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(amphi_options INTERFACE -fsanitize=address,undefined)
endif()
if(AMPHI_COVERAGE)
  target_compile_options(amphi_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(amphi_options INTERFACE --coverage)
endif()

function(amphi_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lib/${name}/*.cpp)
  if(NOT sources)
    message(FATAL_ERROR "the room lib/${name} is empty")
  endif()
  add_library(amphi_${name} STATIC ${sources})
  set_target_properties(amphi_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(amphi_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/lib)
  target_link_libraries(amphi_${name} PRIVATE amphi_options PUBLIC nlohmann_json::nlohmann_json)
  foreach(room IN LISTS ROOM_ROOMS)
    target_link_libraries(amphi_${name} PUBLIC amphi_${room})
  endforeach()
  target_link_libraries(amphi_${name} ${ROOM_LINK})
endfunction()

# sql/*.sql become one generated source of the catalog room: the migrations are part of the program.
function(amphi_embed_sql room)
  file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sql/*.sql)
  set(out ${PROJECT_BINARY_DIR}/generated/migrations.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DSCRIPTS=${scripts}" -P ${PROJECT_SOURCE_DIR}/cmd/cmake/embed_sql.cmake
    DEPENDS ${scripts} ${PROJECT_SOURCE_DIR}/cmd/cmake/embed_sql.cmake VERBATIM)
  target_sources(amphi_${room} PRIVATE ${out})
endfunction()
