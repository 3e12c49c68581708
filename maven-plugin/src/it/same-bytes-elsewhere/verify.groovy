def here = new File(basedir, 'target/same-bytes-elsewhere-1.0.jar')
def there = new File(basedir, 'elsewhere/an other folder/target/same-bytes-elsewhere-1.0.jar')
def names = new java.util.zip.ZipFile(here).withCloseable { it.entries()*.name }
assert names.containsAll(['com/example/Speck.class', 'com/example/HalfVectors.class', 'com/example/blocks.mbnet'])
assert here.bytes == there.bytes
