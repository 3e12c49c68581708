def log = new File(basedir, 'build.log').text
def warnings = log.readLines().findAll { it.startsWith('[WARNING]') }
assert warnings.every { it.contains('using incubating module(s): jdk.incubator.vector') }
assert log.count('Nothing to compile - all classes are up to date') == 2

def jar = new File(basedir, 'target/vectors-compile-clean-1.0.jar')
def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
def weights = evaluate(new File(basedir.parentFile, 'parent/weights.groovy'))
def file = weights(new File(basedir, 'target/speck.safetensors'), 3)
def vectors = ['--add-modules', 'jdk.incubator.vector']
// Java compiles this one file as it runs it; beside it, it would find a description of a module.
def shared = '../../../src/it/vectors-in-a-named-module/src/main/java/com/example/Example.java'
def example = new File(basedir, 'target/example/com/example/Example.java')
example.parentFile.mkdirs()
example.text = new File(basedir, shared).text
assert java(jar, vectors + '-cp', [example.path, file]) == '3'
