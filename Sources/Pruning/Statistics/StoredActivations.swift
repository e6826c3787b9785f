import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// The values on a cut through a network for one batch, from which the rest of the network is computed.
struct StoredActivationBatch {
  var values: [String: StoredValue]
  /// The types of the network's own inputs for the batch.
  var origin: [String: TensorType]
  var sampleCount: Int

  var types: [String: TensorType] { values.mapValues(\.type) }
}

/// The values on a cut through a network for all batches of the calibration data.
///
/// A pass takes each batch in turn and replaces it by the batch of the next cut. Batches stay in memory up to a budget;
/// the rest lies in a temporary file, written and read in order, so memory does not grow with the number of samples.
struct StoredActivations {
  /// The default budget: little beside a network, so that memory does not depend on the number of samples.
  static let standardBudget = 16 << 20
  /// The budget if a temporary file cannot be used.
  private static let reserve = 512 << 20

  private enum Place {
    case memory(StoredActivationBatch)
    case file(TemporaryFile, [Piece], origin: [String: TensorType], sampleCount: Int)
  }

  private struct Piece {
    var name: String
    var type: TensorType
    var order: AxisOrder
    var offset: Int
  }

  private let budget: Int
  private var places: [Place] = []
  private var byteCount = 0
  /// The file for batches beyond the budget in the present pass. The previous file is deleted once all of its batches
  /// are replaced.
  private var file: TemporaryFile?

  init(budget: Int) {
    self.budget = budget
  }

  /// Appends a batch.
  ///
  /// - Throws: `EspalierError` if the disk is full.
  mutating func append(_ batch: StoredActivationBatch) throws(EspalierError) {
    places.append(try place(batch))
  }

  /// The number of batches.
  var count: Int { places.count }

  /// The batch at `index`.
  func batch(at index: Int) throws(EspalierError) -> StoredActivationBatch { try load(places[index]) }

  /// Begins a pass that replaces all batches in turn.
  mutating func beginPass() { file = nil }

  /// Replaces a batch by one of the next cut.
  mutating func replace(at index: Int, by batch: StoredActivationBatch) throws(EspalierError) {
    if case .memory(let old) = places[index] { byteCount -= old.byteCount }
    places[index] = try place(batch)
  }

  private mutating func place(_ batch: StoredActivationBatch) throws(EspalierError) -> Place {
    if byteCount + batch.byteCount > budget {
      do {
        return try placeInFile(batch)
      } catch  where byteCount + batch.byteCount <= Self.reserve {}
    }
    byteCount += batch.byteCount
    return .memory(batch)
  }

  private mutating func placeInFile(_ batch: StoredActivationBatch) throws(EspalierError) -> Place {
    let file = if let file { file } else { try TemporaryFile() }
    self.file = file
    let pieces = try batch.values.sorted { $0.key < $1.key }.map { (entry) throws(EspalierError) in
      let (name, value) = entry
      let offset = try value.storage.withUnsafeBytes(file.append)
      return Piece(name: name, type: value.type, order: value.order, offset: offset)
    }
    return .file(file, pieces, origin: batch.origin, sampleCount: batch.sampleCount)
  }

  private func load(_ place: Place) throws(EspalierError) -> StoredActivationBatch {
    switch place {
    case .memory(let batch): return batch
    case .file(let file, let pieces, let origin, let sampleCount):
      var values: [String: StoredValue] = [:]
      for piece in pieces {
        var bytes = [UInt8](repeating: 0, count: piece.type.byteCount)
        try bytes.withUnsafeMutableBufferPointer { (buffer) throws(EspalierError) in
          try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: piece.offset)
        }
        values[piece.name] = StoredValue(piece.type, order: piece.order, bytes: bytes)
      }
      return StoredActivationBatch(values: values, origin: origin, sampleCount: sampleCount)
    }
  }
}

extension StoredActivationBatch {
  fileprivate var byteCount: Int { values.values.reduce(0) { $0 + $1.storage.count } }
}
