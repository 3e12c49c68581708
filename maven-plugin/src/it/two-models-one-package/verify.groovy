def log = new File(basedir, 'build.log').text
assert log.contains('Compiled 2 models: 2 classes written')
assert log.contains('Compiled 1 model: no class is new, 1 class deleted')
def folder = new File(basedir, 'target/generated-sources/mbnet/com/example/nets')
def speck = new File(folder, 'Speck.java').text
assert speck.contains('new TensorInfo("image", 16, 16, 3)') && speck.contains('new TensorInfo("logits", 1, 1, 12)')
assert !new File(folder, 'Other.java').exists()
