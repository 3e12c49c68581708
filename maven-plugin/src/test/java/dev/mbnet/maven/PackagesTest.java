package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackagesTest {

  @ParameterizedTest
  @CsvSource({
    "com/example/mobile.mbnet, com.example",
    "nets/mobile.v2.mbnet, nets",
    "größe/a_b/x.mbnet, größe.a_b"
  })
  void foldersBecomePackages(String model, String name) {
    assertEquals(Optional.of(name), Packages.of(model));
  }

  @Test
  void theSourceRootIsTheUnnamedPackage() {
    assertEquals(Optional.of(""), Packages.of("mobile.mbnet"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-nets/x.mbnet", "a.b/x.mbnet", "new/x.mbnet", "a/1/x.mbnet"})
  void otherFoldersDoNot(String model) {
    assertEquals(Optional.empty(), Packages.of(model));
  }
}
