package dev.mbnet.compiler.op;

/**
 * One of the forms that a setting's value can have.
 *
 * @param form as it is typed
 * @param doc one or two sentences for the reference
 */
public record Choice(String form, String doc) {}
