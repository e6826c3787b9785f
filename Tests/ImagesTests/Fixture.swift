import EspalierFiles
import EspalierImages
import EspalierTensors
import Foundation

/// The images that `make_fixtures.py` drew, and their levels as Pillow reads them.
enum Fixture {
  /// The path of the fixture `name`.
  static func path(_ name: String) -> String {
    (Bundle.module.resourcePath ?? "") + "/Fixtures/" + name
  }

  /// The image `name` as Espalier reads it.
  static func image(_ name: String) throws -> Image {
    try Image(contentsOf: path(name))
  }

  /// The levels in `name.npy`, with the size.
  static func pillow(_ name: String) throws -> Image {
    let tensor = try NPY.read(path(name + ".npy"))
    return Image(width: tensor.shape[1], height: tensor.shape[0], pixels: tensor.bytes)
  }
}

extension Image {
  /// The largest difference between two levels; 256 where the sizes differ.
  func difference(from other: Image) -> Int {
    guard size == other.size else { return 256 }
    return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}
