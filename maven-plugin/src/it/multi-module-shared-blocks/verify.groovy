def log = new File(basedir, 'build.log').text
assert log.count('Compiled 1 model: 1 class written') == 2
def text = new File(basedir, 'app/target/generated-sources/mbnet/com/example/app/Speck.java').text
assert text.contains('conv k=5 s=2')
def names = new java.util.zip.ZipFile(new File(basedir, 'blocks/target/blocks-1.0.jar')).withCloseable { it.entries()*.name }
assert names.contains('com/example/blocks/stems.mbnet')
