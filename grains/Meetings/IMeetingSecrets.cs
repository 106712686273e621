namespace Actors.Meetings;

/// <summary>What nobody can guess, and what is always the same for a meeting: derived from one key of the whole cluster.</summary>
public interface IMeetingSecrets
{
    /// <summary>A secret of a meeting.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="meeting">The meeting.</param>
    /// <param name="cancellationToken">Ends the wait for the key.</param>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The key cannot be read.</exception>
    ValueTask<string> DeriveAsync(string purpose, Guid meeting, CancellationToken cancellationToken);

    /// <summary>The guid of the meeting that a caller means.</summary>
    /// <param name="slug">The slug under which it is made.</param>
    /// <param name="idempotentId">The caller's own name of it.</param>
    /// <param name="cancellationToken">Ends the wait for the key.</param>
    /// <exception cref="IOException">The key cannot be read.</exception>
    ValueTask<Guid> GuidOfAsync(string slug, string idempotentId, CancellationToken cancellationToken);
}
