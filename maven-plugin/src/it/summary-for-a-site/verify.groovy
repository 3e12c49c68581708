def log = new File(basedir, 'build.log').text
def page = new File(basedir, 'target/site/mbnet/summary.html')
assert log.contains('Summary of 1 network: ' + page.path)
assert page.text.contains('<td>0</td><td>conv</td><td class="number">4x4x8</td>')
assert new File(basedir, 'target/site/mbnet/summary.md').text.contains('| 0 | conv | 4x4x8 | 232 |')
for (goal in ['generate', 'generate-test', 'help', 'import', 'random-weights', 'summary', 'verify', 'weights']) {
  assert log.contains('mbnet:' + goal + '\n') || log.contains('mbnet:' + goal + '\r\n')
}
