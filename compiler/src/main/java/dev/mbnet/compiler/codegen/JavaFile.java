package dev.mbnet.compiler.codegen;

/**
 * A source file to be written.
 *
 * @param path relative to a source root, with slashes
 */
public record JavaFile(String path, String className, String text) {}
