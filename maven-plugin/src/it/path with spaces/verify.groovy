def log = new File(basedir, 'build.log').text
assert log.contains('Compiled 3 models: 2 classes written')
assert log.contains('3 models up to date')
for (name in ['Speck.class', 'Other.class', 'my speck.mbnet', 'other.mbnet']) {
  assert new File(basedir, 'target/classes/com/example/' + name).isFile()
}
