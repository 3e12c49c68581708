/** Networks in a named module. */
module com.example.nets {
  requires transitive dev.mbnet.runtime;

  exports com.example.nets;
}
