import java.awt.image.BufferedImage
import javax.imageio.ImageIO

def picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB)
return ImageIO.write(picture, 'png', new File(basedir, 'picture.png'))
