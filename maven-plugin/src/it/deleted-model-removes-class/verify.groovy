def log = new File(basedir, 'build.log').text
assert log.contains('Compiled 3 models: 3 classes written')
assert log.contains('Compiled 1 model: no class is new, 2 classes deleted')
def left = []
new File(basedir, 'target/generated-sources').eachFileRecurse { left << it.name }
new File(basedir, 'target/classes').eachFileRecurse { left << it.name }
assert left.contains('Speck.java') && left.contains('Speck.class') && left.contains('speck.mbnet')
assert !left.any { it.toLowerCase().startsWith('gone') || it == 'old' }
