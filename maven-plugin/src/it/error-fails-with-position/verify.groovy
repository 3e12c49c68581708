def log = new File(basedir, 'build.log').text.replace('\r\n', '\n')
def file = new File(basedir, 'src/main/mbnet/com/example/speck.mbnet').path
assert log.contains("""[ERROR] ${file}:[4,11] there is no operator or block `dens` [MB2001]
4 |   logits: dens(10)
  |           ^^^^
  = help: did you mean `dense`?
""")
assert log.contains('on project error-fails-with-position: 1 error in com/example/speck.mbnet -> ')
assert !log.contains('\tat ') && !log.contains('Exception:')
assert !new File(basedir, 'target/generated-sources').exists()
