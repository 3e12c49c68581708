import java.awt.image.BufferedImage
import javax.imageio.ImageIO

def readme = new File(basedir, '../../../../README.md').text
for (file in ['pom.xml', 'src/main/mbnet/com/example/speck.mbnet', 'src/main/java/com/example/Main.java']) {
  assert readme.contains('\n' + new File(basedir, file).text)
}

def picture = new File(basedir, 'target/picture.png')
ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), 'png', picture)
def jar = new File(basedir, 'target/first-1.jar')
def java = evaluate(new File(basedir.parentFile, 'parent/java.groovy'))
assert java(jar, ['-cp'], ['com.example.Main', picture.path]).count('Prediction[') == 3
