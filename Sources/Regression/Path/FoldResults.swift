import EspalierFiles
import EspalierThreading
import Synchronization

/// The results of folds computed on several threads, in the order of the folds.
final class FoldResults: Sendable {
  /// The deviance of a fold's rows at each strength, and their weight.
  typealias Value = (deviances: [Double], weight: Double)

  private let results: Mutex<[Result<Value, EspalierError>?]>
  private let count: Int

  /// Places for the results of `count` folds.
  init(_ count: Int) {
    self.count = count
    results = Mutex([Result<Value, EspalierError>?](repeating: nil, count: count))
  }

  /// Computes the result of each fold, as many at a time as there are threads.
  func compute(_ value: (Int) throws(EspalierError) -> Value) {
    Threads.run(count) { fold in
      let result: Result<Value, EspalierError>
      do throws(EspalierError) {
        result = .success(try value(fold))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[fold] = result }
    }
  }

  /// The results; throws the error of the first fold that has one.
  func values() throws(EspalierError) -> [Value] {
    var values: [Value] = []
    for result in results.withLock({ $0 }) {
      if let result { values.append(try result.get()) }
    }
    return values
  }
}
