def jar = new File(basedir, 'target/named-module-1.0.jar')
def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
assert java(jar, ['-p'], ['-m', 'com.example.nets/com.example.nets.Example']) ==
    'module com.example.nets: speck.safetensors is not on the class path of Speck'
