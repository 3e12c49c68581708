/** What generated networks need at run time: weights, sessions, picture input. */
module dev.mbnet.runtime {
  requires transitive java.desktop;

  exports dev.mbnet.runtime;
}
