import EspalierFiles
import EspalierTensors

/// Samples of equal size stored one after another in a file: the common form of IDX and `.npy`.
struct StoredSamples: Sendable {
  let source: any ByteSource
  /// The offset of the first sample in the source.
  let dataOffset: Int
  let count: Int
  var sampleShape: Shape
  let decoder: FloatDecoder

  /// The samples of an array of `shape`, along its first axis.
  init(
    _ source: any ByteSource, dataOffset: Int, shape: Shape, elementType: ElementType, isBigEndian: Bool,
    divisor: Float = 1
  ) throws(EspalierError) {
    guard let decoder = FloatDecoder(elementType, isBigEndian: isBigEndian, divisor: divisor) else {
      throw EspalierError(.data, source.subject, "holds \(elementType) elements, and samples are real numbers")
    }
    guard let count = shape.first else {
      throw EspalierError(.data, source.subject, "holds a single number, and an axis of samples is needed")
    }
    guard shape.elementCount > 0 else {
      throw EspalierError(.data, source.subject, "holds no samples: its shape is \(shape)")
    }
    self.source = source
    self.dataOffset = dataOffset
    self.count = count
    self.sampleShape = Shape(Array(shape.dropFirst()))
    self.decoder = decoder
  }

  /// The size of a sample in the file, in bytes.
  var sampleByteCount: Int { sampleShape.elementCount * decoder.byteCount }

  /// The samples at `indices`; adjacent ones are read together.
  func inputs(at indices: [Int]) throws(EspalierError) -> Tensor {
    precondition(indices.allSatisfy { (0..<count).contains($0) }, "index outside the \(count) samples")
    let size = sampleByteCount
    let raw = try [UInt8](count: indices.count * size) { buffer throws(EspalierError) in
      var start = 0
      while start < indices.count {
        let end = indices.endOfRun(from: start)
        try source.read(
          into: UnsafeMutableRawBufferPointer(rebasing: buffer[start * size..<end * size]),
          at: dataOffset + indices[start] * size)
        start = end
      }
    }
    return try tensor(raw) { indices[$0] }
  }

  /// The tensor of the samples with the bytes `raw`; `index` maps their positions to indices in the data.
  func tensor(_ raw: [UInt8], index: (Int) -> Int) throws(EspalierError) -> Tensor {
    let bytes = decoder.decode(raw)
    if decoder.elementType.isFloatingPoint, let place = FloatDecoder.firstNotFinite(bytes) {
      let value = bytes.withUnsafeBytes { $0.load(fromByteOffset: 4 * place, as: Float.self) }
      throw EspalierError(
        .data, source.subject,
        "sample \(index(place / sampleShape.elementCount)) holds \(value), which is not finite in float32",
        remedy: "remove or replace such samples")
    }
    let shape = Shape([raw.count / sampleByteCount] + sampleShape.sizes)
    return Tensor(shape: shape, elementType: .float32, bytes: bytes)
  }
}
