/** A network with vectors in a named module. */
module com.example {
  requires transitive dev.mbnet.runtime;
  requires static jdk.incubator.vector;

  exports com.example;
}
