import EspalierTensors
import EspalierTestSupport
import Foundation

extension Workshop {
  /// Writes the four files of a small MNIST and returns it as DATA: square images whose level tells which of four
  /// classes they are of.
  func mnist(side: Int = 8, training: Int = 48, test: Int = 24) throws -> String {
    var generator = SeededGenerator(seed: 1)
    func big(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    for (part, count) in [("train", training), ("t10k", test)] {
      let labels = (0..<count).map { UInt8($0 % 4) }
      let pixels = labels.flatMap { label in
        (0..<side * side).map { _ in 60 * label + UInt8(generator.index(below: 40)) }
      }
      _ = try folder.file("\(part)-images-idx3-ubyte", [0, 0, 8, 3] + big(count) + big(side) + big(side) + pixels)
      _ = try folder.file("\(part)-labels-idx1-ubyte", [0, 0, 8, 1] + big(count) + labels)
    }
    return "mnist:\(folder.path)"
  }
}
