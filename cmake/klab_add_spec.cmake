# klab_add_spec(NAME FILE): one section of a lab as an executable that `klab check` runs.
function(klab_add_spec name file)
  add_executable(${name} ${file})
  target_link_libraries(${name} PRIVATE klab_specs)
  add_dependencies(klab_sections ${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/specs)
endfunction()
