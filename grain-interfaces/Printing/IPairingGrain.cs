using Orleans;

namespace Actors.Printing;

/// <summary>A kiosk without a token: it shows a code, and the staff say by it which terminal it is.</summary>
[Alias("actors.printing.pairing")]
public interface IPairingGrain : IGrainWithStringKey
{
    /// <summary>Takes the code for a kiosk; false while another one shows it.</summary>
    /// <param name="kiosk">What only the kiosk knows, hashed.</param>
    /// <param name="until">When the code is free again.</param>
    [Alias("open")]
    Task<bool> OpenAsync(string kiosk, DateTimeOffset until);

    /// <summary>The staff confirm the kiosk that shows the code; false when none does.</summary>
    /// <param name="name">What they call the terminal.</param>
    [Alias("confirm")]
    Task<bool> ConfirmAsync(string name);

    /// <summary>What the kiosk is to do; a name is given out once, and the code is free then.</summary>
    /// <param name="kiosk">What only the kiosk knows, hashed.</param>
    [Alias("claim")]
    Task<PairingState> ClaimAsync(string kiosk);
}

/// <summary>How far the pairing of a kiosk is.</summary>
/// <param name="IsKnown">False when its time is over, or another kiosk has the code.</param>
/// <param name="Name">What the staff call the terminal, once they have confirmed it; else null.</param>
[GenerateSerializer, Immutable, Alias("actors.printing.pairing-info")]
public sealed record PairingState([property: Id(0)] bool IsKnown, [property: Id(1)] string? Name);
