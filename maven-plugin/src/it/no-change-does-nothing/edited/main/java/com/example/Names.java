package com.example;

/** Compiles only where the generated class is known, and is another file than before. */
interface Names {
  String OTHER_NAME = Speck.class.getSimpleName();
}
