import { ApiError } from './types.ts';

/** GitLab's error bodies, in its own shapes (doc/api/rest/troubleshooting.md; lib/api/helpers.rb). */
export const errors = {
  badParameter: (text: string) => new ApiError(400, { error: text }),
  badRequest: (text: string) => new ApiError(400, { message: `400 Bad request - ${text}` }),
  badNote: (field: string, text: string) =>
    new ApiError(400, { message: `400 Bad request - Note {:${field}=>[${JSON.stringify(text)}]}` }),
  invalid: (fields: Record<string, string[]>) => new ApiError(400, { message: fields }),
  unauthorized: () => new ApiError(401, { message: '401 Unauthorized' }),
  revokedToken: () =>
    new ApiError(401, {
      error: 'invalid_token',
      error_description: 'Token was revoked. You have to re-authorize from the user.',
    }),
  expiredToken: () =>
    new ApiError(401, {
      error: 'invalid_token',
      error_description: 'Token is expired. You can either do re-authorization or token refresh.',
    }),
  insufficientScope: (scope: string) =>
    new ApiError(403, {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope,
    }),
  forbidden: () => new ApiError(403, { message: '403 Forbidden' }),
  licence: (text: string) => new ApiError(403, { message: text }),
  notFound: (what = '') => new ApiError(404, { message: what ? `404 ${what} Not Found` : '404 Not found' }),
  noRoute: () => new ApiError(404, { error: '404 Not Found' }),
  notAllowed: (text: string) => new ApiError(405, { error: text }),
  conflict: (text: string) => new ApiError(409, { message: text }),
  spam: () =>
    new ApiError(422, {
      message: {
        error:
          'Your comment has been recognized as spam. Please, change the content or solve the reCAPTCHA to proceed.',
      },
    }),
  tooManyActions: () =>
    new ApiError(429, {
      message: { error: 'This endpoint has been requested too many times. Try again later.' },
    }),
};
