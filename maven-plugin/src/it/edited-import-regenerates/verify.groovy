def log = new File(basedir, 'build.log').text
assert log.contains('Compiled 3 models: 2 classes written')
assert log.contains('Compiled 3 models: 1 class written')
def text = new File(basedir, 'target/generated-sources/mbnet/com/example/Speck.java').text
assert text.contains('conv k=5 s=2') && !text.contains('conv k=3 s=2')
