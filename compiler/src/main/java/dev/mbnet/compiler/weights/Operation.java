package dev.mbnet.compiler.weights;

/**
 * What a file calls one of its operations, not yet fit to be shown.
 *
 * @param type the file's word for what it does
 */
record Operation(String type, String name) {

  @Override
  public String toString() {
    return Quote.quoted(type) + " " + Quote.quoted(name);
  }
}
