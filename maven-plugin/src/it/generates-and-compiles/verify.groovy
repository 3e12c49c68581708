def log = new File(basedir, 'build.log').text
assert log.contains('Compiled 1 model: 1 class written')

def jar = new File(basedir, 'target/generates-and-compiles-1.0.jar')
def names = new java.util.zip.ZipFile(jar).withCloseable { it.entries()*.name }
assert names.containsAll(['com/example/Speck.class', 'com/example/speck.mbnet', 'com/example/digits.txt'])

def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
def weights = evaluate(new File(basedir.parentFile, 'parent/weights.groovy'))
def file = weights(new File(basedir, 'target/speck.safetensors'), 3)
assert java(jar, ['-cp'], ['com.example.Example', file]) == 'three'
