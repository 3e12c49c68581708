def jar = new File(basedir, 'target/vectors-in-a-named-module-1.0.jar')
def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
def weights = evaluate(new File(basedir.parentFile, 'parent/weights.groovy'))
def file = weights(new File(basedir, 'target/speck.safetensors'), 3)
def vectors = ['--add-modules', 'jdk.incubator.vector']
assert java(jar, vectors + '-p', ['-m', 'com.example/com.example.Example', file]) == '3'
