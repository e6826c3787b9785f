import EspalierArchitectures
import EspalierFiles
import EspalierONNX

extension Parser {
  /// ONNX models. One that can be read and written must be readable again.
  static let onnx = Parser("onnx") { (bytes) throws(EspalierError) in
    let written = try ONNXFile.encode(ONNXFile.decode(bytes))
    do throws(EspalierError) {
      _ = try ONNXFile.decode(written)
    } catch {
      fatalError("what was written cannot be read: \(error)")
    }
  }

  /// `config.json` of a BERT.
  static let configuration = Parser("configuration", in: "config.json") { (path) throws(EspalierError) in
    _ = try BERT(configuration: path)
  }
}
