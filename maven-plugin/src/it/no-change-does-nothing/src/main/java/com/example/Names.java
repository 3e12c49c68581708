package com.example;

/** Compiles only where the generated class is known. */
interface Names {
  String NAME = Speck.class.getName();
}
