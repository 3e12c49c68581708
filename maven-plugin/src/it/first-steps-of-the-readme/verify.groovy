def readme = new File(basedir, '../../../../README.md').text
for (file in ['pom.xml', 'src/main/mbnet/com/example/speck.mbnet', 'src/main/java/com/example/Main.java']) {
  assert readme.contains('\n' + new File(basedir, file).text)
}
def properties = new Properties()
new File(basedir, 'invoker.properties').withInputStream { properties.load(it) }
def goals = properties['invoker.goals'].replaceFirst(/org\.codehaus\.mojo:exec-maven-plugin:[0-9.]+:/, 'exec:')
assert readme.contains('\nmvn ' + goals + '\n')

assert new File(basedir, 'build.log').text.count('Prediction[') == 3
