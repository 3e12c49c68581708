def log = new File(basedir, 'build.log').text
assert log.contains('Compiled 1 model: no class is new')
assert log.contains('Compiled 1 model: 1 class written')
assert new File(basedir, 'target/test-classes/com/example/Tiny.class').isFile()
def names = new java.util.zip.ZipFile(new File(basedir, 'target/test-scoped-models-1.0.jar')).withCloseable { it.entries()*.name }
assert names.contains('com/example/blocks.mbnet')
assert !names.any { it.contains('iny') }
