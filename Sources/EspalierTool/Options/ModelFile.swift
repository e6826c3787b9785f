import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierONNX

/// A model named on the command line.
struct ModelFile: ExpressibleByArgument {
  let path: String

  init(argument: String) {
    path = argument
  }

  /// Reads the file and checks its consistency.
  func read() throws(EspalierError) -> Model {
    try ONNXFile.read(path)
  }

  /// Runs `body`, and adds the file's name to errors about the model.
  ///
  /// Models are read outside `body`, because errors of reading already name the file.
  func blame<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as EspalierError where error.kind == .model {
      throw error.within(path)
    }
  }
}
