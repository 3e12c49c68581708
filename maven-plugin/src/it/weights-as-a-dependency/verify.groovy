def log = new File(basedir, 'build.log').text
assert log.count('1 file of weights, 1 written') == 2
def pin = log =~ /the weights dev.mbnet.it:trained:safetensors:weights:1.0:compile are not those published: their SHA-256 is ([0-9a-f]{64}), not 0{64}/
assert pin.find()
def repository = new File(localRepositoryPath, 'dev/mbnet/it/trained/1.0')
assert new File(repository, 'trained-1.0-weights.safetensors.sha256').text == pin.group(1) + '  speck.safetensors\n'

def jar = new File(basedir, 'app/target/app-1.0.jar')
def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
assert java(jar, ['-cp'], ['com.example.Example']) == '3'
