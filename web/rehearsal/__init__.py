"""A whole conference with virtual people, over the real services' HTTP.

Nothing here has a back door: the virtual secretary, committee and delegates use the
routes and the protocol code that the pages use. `phieukin rehearse` plays it from
roll call to result; `phieukin up --demo` plays it up to the open ballot box.
"""
