def log = new File(basedir, 'build.log').text
assert log.contains('2 networks, random weights written for 2')
assert log.contains('1 network, random weights written for 1, 1 file of earlier ones deleted')

def jar = new File(basedir, 'target/edited-model-renews-random-weights-1.0.jar')
def names = new java.util.zip.ZipFile(jar).withCloseable { it.entries()*.name }
assert names.contains('com/example/Speck.safetensors') && !names.any { it.contains('one') }

def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
assert java(jar, ['-cp'], ['com.example.Example']) == '10'
