package com.example.nets;

import java.util.List;

interface Both {
  List<Class<?>> ALL = List.of(Speck.class, Other.class);
}
