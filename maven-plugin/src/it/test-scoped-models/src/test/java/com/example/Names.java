package com.example;

interface Names {
  String NAME = Tiny.class.getName();
}
