# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2

# parvis_embed_schema(<name> <function>): schema/<name>/NNN_what.sql become <name>_schema.cpp with
# std::span<const Migration> <function>(). Generated source rather than a Qt resource: a static library would need an
# initialiser call in every program.
function(parvis_embed_schema name function)
    set(PARVIS_SCHEMA_FUNCTION ${function})
    set(PARVIS_SCHEMA_STEPS "")
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/schema/${name}/*.sql)
    list(SORT files)
    set(expected 0)
    foreach(file IN LISTS files)
        math(EXPR expected "${expected} + 1")
        get_filename_component(base ${file} NAME_WE)
        if(NOT base MATCHES "^0*([1-9][0-9]*)_" OR NOT CMAKE_MATCH_1 EQUAL expected)
            message(FATAL_ERROR "${file}: expected number ${expected}")
        endif()
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        file(READ ${file} sql)
        string(APPEND PARVIS_SCHEMA_STEPS "    Migration{${expected}, R\"sql(${sql})sql\"},\n")
    endforeach()
    set(PARVIS_SCHEMA_COUNT ${expected})
    configure_file(${PROJECT_SOURCE_DIR}/cmake/schema.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/${name}_schema.cpp @ONLY)
endfunction()
