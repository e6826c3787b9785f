import EspalierFiles
import EspalierTensors
import Foundation

/// The discrete Fourier transform of rows as products with matrices:
///
///     Y[k] = sum over j of X[j] w^(j k),   w = exp(-2 pi i / n), or its conjugate over n for the inverse
///
/// of the first `rows` of n numbers (the others are zero), for the first `columns` of n frequencies.
struct FourierMatrices: Hashable, Sendable {
  /// The number n.
  let length: Int
  /// The numbers that are not zero.
  let rows: Int
  /// The frequencies that are computed.
  let columns: Int
  /// Whether the transform is the inverse one.
  let isInverse: Bool

  /// The real and imaginary parts of the factors, `rows x columns` each.
  private var factors: (real: Tensor, imaginary: Tensor) {
    var (real, imaginary): ([Float], [Float]) = ([], [])
    let scale = isInverse ? 1 / Double(max(length, 1)) : 1
    for row in 0..<rows {
      for column in 0..<columns {
        // The exponent modulo n keeps the angle small, and so exact.
        let angle = 2 * Double.pi * Double(row * column % max(length, 1)) / Double(max(length, 1))
        real.append(Float(scale * cos(angle)))
        imaginary.append(Float(scale * sin(angle) * (isInverse ? 1 : -1)))
      }
    }
    let shape: Shape = [rows, columns]
    return (Tensor(shape: shape, real), Tensor(shape: shape, imaginary))
  }

  /// Adds the transform of values whose last axis has the n numbers; `imaginary` is `nil` for real ones.
  ///
  /// - Returns: The real and the imaginary part, with the frequencies along the last axis.
  func add(
    _ real: String, _ imaginary: String?, to body: inout BodyBuilder
  ) throws(EspalierError) -> (real: String, imaginary: String) {
    guard Int.limitedProduct([rows, columns]) <= 1 << 26 else {
      throw body.call.error("transforms \(rows) numbers to \(columns), more than fit into memory")
    }
    let factors = factors
    let (c, s) = (body.store(factors.real), body.store(factors.imaginary))
    func product(_ value: String, _ matrix: String) -> String { body.add(MatMul.name, [value, matrix]) }
    guard let imaginary else { return (product(real, c), product(real, s)) }
    return (
      body.add(Subtract.name, [product(real, c), product(imaginary, s)]),
      body.add(Add.name, [product(real, s), product(imaginary, c)])
    )
  }
}

extension BodyBuilder {
  /// The parts of numbers whose last axis has one element (real) or two (complex), without that axis.
  mutating func parts(of value: String, _ shape: Shape) -> (real: String, imaginary: String?) {
    func part(_ place: Int64) -> String {
      add(Gather.name, [value, store(Tensor(scalar: place))], ["axis": .int(Int64(shape.rank - 1))])
    }
    return (part(0), shape.last == 2 ? part(1) : nil)
  }

  /// Complex numbers of `shape` from their parts, in a last axis of two.
  mutating func complex(_ parts: (real: String, imaginary: String), _ shape: Shape) -> String {
    let last = Shape(shape.sizes + [1])
    let (real, imaginary) = (reshape(parts.real, to: last), reshape(parts.imaginary, to: last))
    return add(Concat.name, [real, imaginary], ["axis": .int(Int64(shape.rank))])
  }
}
