import EspalierGraph
import EspalierONNX
import EspalierPruning
import EspalierTensors
import Foundation

/// The committed golden case: a 24-64-10 network, its calibration data, and the selections of the looped form of
/// i-SpaSP in double precision. `Fixtures/make_golden.py` writes it.
struct Golden: Sendable {
  struct Case: Decodable, Sendable {
    let keep: Int
    let support: [Int]
    let residual: Double
    let supports: [[Int]]
    let residuals: [Double]
    let firstImportance: [Double]
    let secondImportance: [Double]
  }

  private struct File: Decodable {
    let cases: [Case]
    let hiddenSize: [Double]
  }

  let model: Model
  let calibration: Tensor
  let output: Tensor
  let cases: [Case]
  let hiddenSize: [Double]

  static func path(_ name: String) -> String {
    Bundle.module.resourceURL!.appendingPathComponent("two-layer/\(name)").path
  }

  init() throws {
    model = try ONNXFile.read(Self.path("model.onnx"))
    calibration = try NPY.read(Self.path("calibration.npy"))
    output = try NPY.read(Self.path("output.npy"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = try decoder.decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: Self.path("expected.json"))))
    cases = file.cases
    hiddenSize = file.hiddenSize
  }

  var data: InMemoryCalibration { InMemoryCalibration(["input": calibration]) }
}

/// The largest difference of two lists over the largest absolute value of the second.
func relativeDifference(_ first: [Double], _ second: [Double]) -> Double {
  guard first.count == second.count else { return .infinity }
  let difference = zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
  return difference / max(second.reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
}
