def log = new File(basedir, 'build.log').text
assert log.count('Compiled 1 model: 1 class written') == 4
assert !log.contains('not thread-safe') && !log.contains('not marked as @threadSafe') && !log.contains('not marked as thread-safe')
def texts = (1..4).collect {
  new File(basedir, "module${it}/target/generated-sources/mbnet/com/example/module${it}/Speck.java").text
      .replace("module${it}", 'module')
}
assert texts.toSet().size() == 1
