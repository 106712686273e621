using Orleans;
using Orleans.Concurrency;

namespace Actors.Printing;

/// <summary>Which terminal shows a QR code; whether the code is good is the terminal's to say.</summary>
[Alias("actors.printing.qr-token")]
public interface IQrTokenGrain : IGrainWithStringKey
{
    /// <summary>Takes the symbols for a terminal; false while another one's code has them.</summary>
    /// <param name="terminal">The terminal's id.</param>
    /// <param name="until">When they are free again.</param>
    [Alias("bind")]
    Task<bool> BindAsync(string terminal, DateTimeOffset until);

    /// <summary>The terminal's id, or null.</summary>
    [Alias("find"), ReadOnly]
    Task<string?> FindAsync();

    /// <summary>Frees the symbols, when it is this terminal that has them.</summary>
    /// <param name="terminal">The terminal's id.</param>
    [Alias("release")]
    Task ReleaseAsync(string terminal);
}
